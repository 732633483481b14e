# Completion for fish. Written by eng/generate-manual from the option tables: changes made here are lost.
complete -c augenrules -f
complete -c augenrules -l check -d 'say whether audit.rules differs from what it would be made to; change nothing'
complete -c augenrules -l load -d 'make audit.rules anew if that is needed, and load it into the kernel, as auditctl -R does'
