# Completion for fish. Written by eng/generate-manual from the option tables: changes made here are lost.
complete -c auditd -f
complete -c auditd -s f -l foreground -d 'stay in the foreground; records go to standard output instead of the log, messages to standard error'
complete -c auditd -s l -l allow_links -d 'auditd.conf may be a symbolic link'
complete -c auditd -s n -l disable_fork -d 'stay in the foreground, for whoever supervises it'
complete -c auditd -s s -l enable_state -x -a 'enable disable nochange' -d 'what becomes of the kernel\'s audit: enable (default), disable, nochange'
complete -c auditd -s c -l config_file -x -a '(__fish_complete_directories)' -d 'the directory of auditd.conf (default /etc/audit)'
complete -c auditd -l trial -d 'look at the configuration, say what is wrong with it, and end'
complete -c auditd -s v -l version -d 'print the version'
complete -c auditd -s h -l help -d 'print this'
