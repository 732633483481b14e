# Completion for fish. Written by eng/generate-manual from the option tables: changes made here are lost.
complete -c audisp-filter -f
complete -c audisp-filter -F
