# Completion for fish. Written by eng/generate-manual from the option tables: changes made here are lost.
complete -c aulast -f
complete -c aulast -l bad -d 'logins that failed'
complete -c aulast -l user -x -d 'sessions of this user'
complete -c aulast -l tty -x -d 'sessions on this terminal, without /dev/'
complete -c aulast -l proof -d 'which events say so, and how to find the session\'s'
complete -c aulast -l extract -d 'write the records used into aulast.log'
complete -c aulast -l debug -d 'accepted; nothing more is said'
complete -c aulast -s f -r -F -d 'read this file'
complete -c aulast -l stdin -d 'read standard input'
