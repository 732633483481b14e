# Completion for fish. Written by eng/generate-manual from the option tables: changes made here are lost.
set -g __akashi_time now recent this-hour boot today yesterday this-week week-ago this-month this-year
complete -c auvirt -f
complete -c auvirt -l all-events -d 'stops, resources, denials and anomalies beside starts'
complete -c auvirt -l summary -d 'counts alone'
complete -c auvirt -l show-uuid -d 'a column with the guests\' uuids'
complete -c auvirt -l proof -d 'which events say so'
complete -c auvirt -s v -l vm -x -d 'guests of this name'
complete -c auvirt -s u -l uuid -x -d 'this guest'
complete -c auvirt -o ts -l start -x -a '$__akashi_time' -d 'from then: a date, a time or both, or a word'
complete -c auvirt -o te -l end -x -a '$__akashi_time' -d 'until then'
complete -c auvirt -s f -l file -r -F -d 'read this file'
complete -c auvirt -l stdin -d 'read standard input'
complete -c auvirt -l debug -d 'accepted; nothing more is said'
complete -c auvirt -s h -l help -d 'print this'
