# Completion for fish. Written by eng/generate-manual from the option tables: changes made here are lost.
complete -c audisp-remote -f
complete -c audisp-remote -F
