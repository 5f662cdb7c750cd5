"""What the command line and the shell share: options, messages and exit codes, progress, tables in lines."""
