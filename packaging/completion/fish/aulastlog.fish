# Completion for fish. Written by eng/generate-manual from the option tables: changes made here are lost.
complete -c aulastlog -f
complete -c aulastlog -s u -l user -x -a '(__fish_complete_users)' -d 'this user alone, by name or number'
complete -c aulastlog -l stdin -d 'read standard input'
