# Completion for fish. Written by eng/generate-manual from the option tables: changes made here are lost.
complete -c scriptlive -f
complete -c scriptlive -s t -l timing -r -F -d 'when each piece came'
complete -c scriptlive -s T -l log-timing -r -F -d 'the same'
complete -c scriptlive -s I -l log-in -r -F -d 'what was typed'
complete -c scriptlive -s B -l log-io -r -F -d 'what was typed and shown'
complete -c scriptlive -s c -l command -x -d 'run this, not an interactive shell'
complete -c scriptlive -s E -l echo -x -d 'whether what is typed is shown: auto, always or never'
complete -c scriptlive -s d -l divisor -x -d 'so many times as fast'
complete -c scriptlive -s m -l maxdelay -x -d 'wait at most so many seconds'
complete -c scriptlive -s h -l help -d 'print this'
complete -c scriptlive -s V -l version -d 'print the version'
complete -c scriptlive -F
