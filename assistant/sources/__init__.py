"""Where sound comes from: files, standard input, a microphone. Nothing else in the project opens one."""
