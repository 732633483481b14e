# Completion for fish. Written by eng/generate-manual from the option tables: changes made here are lost.
complete -c audisp-statsd -f
complete -c audisp-statsd -F
