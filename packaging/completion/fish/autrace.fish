# Completion for fish. Written by eng/generate-manual from the option tables: changes made here are lost.
complete -c autrace -f
complete -c autrace -s r -d 'record what says which files, hosts and programs are used, and leave out the rest'
complete -c autrace -a '(__fish_complete_command)'
