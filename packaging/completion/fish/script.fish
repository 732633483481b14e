# Completion for fish. Written by eng/generate-manual from the option tables: changes made here are lost.
complete -c script -f
complete -c script -s I -l log-in -r -F -d 'what is typed, passwords included'
complete -c script -s O -l log-out -r -F -d 'what is shown (default: typescript)'
complete -c script -s B -l log-io -r -F -d 'both, in one file'
complete -c script -s T -l log-timing -r -F -d 'when each piece came'
complete -c script -s t -l timing -x -d 'the same, to standard error where no file is attached'
complete -c script -s m -l logging-format -x -d 'classic or advanced timing'
complete -c script -s a -l append -d 'add to the files, timing included'
complete -c script -s f -l flush -d 'write each piece at once, not within 200 ms'
complete -c script -l force -d 'use typescript even where it is a link'
complete -c script -s o -l output-limit -x -d 'end once the files are larger'
complete -c script -s c -l command -x -d 'run this, not an interactive shell'
complete -c script -s e -l return -d 'return the session\'s exit code'
complete -c script -s E -l echo -x -d 'whether typed keys are shown: auto, always or never'
complete -c script -s q -l quiet -d 'no messages of ours'
complete -c script -s h -l help -d 'print this'
complete -c script -s V -l version -d 'print the version'
complete -c script -F
