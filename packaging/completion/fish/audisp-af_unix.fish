# Completion for fish. Written by eng/generate-manual from the option tables: changes made here are lost.
complete -c audisp-af_unix -f
complete -c audisp-af_unix -F
