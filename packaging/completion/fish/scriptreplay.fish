# Completion for fish. Written by eng/generate-manual from the option tables: changes made here are lost.
complete -c scriptreplay -f
complete -c scriptreplay -s t -l timing -r -F -d 'when each piece came'
complete -c scriptreplay -s T -l log-timing -r -F -d 'the same'
complete -c scriptreplay -s I -l log-in -r -F -d 'what was typed'
complete -c scriptreplay -s O -l log-out -r -F -d 'what was shown (default: typescript)'
complete -c scriptreplay -s B -l log-io -r -F -d 'both, but for what -I or -O names'
complete -c scriptreplay -s s -l typescript -r -F -d 'the same as -O'
complete -c scriptreplay -s d -l divisor -x -d 'so many times as fast'
complete -c scriptreplay -s m -l maxdelay -x -d 'wait at most so many seconds'
complete -c scriptreplay -s x -l stream -x -d 'out, in, signal or info; may be given again'
complete -c scriptreplay -s c -l cr-mode -x -d 'carriage returns: auto, never, always'
complete -c scriptreplay -l summary -d 'facts about the session, and nothing else'
complete -c scriptreplay -s h -l help -d 'print this'
complete -c scriptreplay -s V -l version -d 'print the version'
complete -c scriptreplay -F
