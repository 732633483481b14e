# Completion for fish. Written by eng/generate-manual from the option tables: changes made here are lost.
complete -c audisp-syslog -f
complete -c audisp-syslog -a 'interpret LOG_USER LOG_LOCAL0 LOG_LOCAL1 LOG_LOCAL2 LOG_LOCAL3 LOG_LOCAL4 LOG_LOCAL5 LOG_LOCAL6 LOG_LOCAL7 LOG_AUTH LOG_AUTHPRIV LOG_DAEMON LOG_SYSLOG LOG_DEBUG LOG_INFO LOG_NOTICE LOG_WARNING LOG_ERR LOG_CRIT LOG_ALERT LOG_EMERG'
