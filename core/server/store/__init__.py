"""The server's rows: tables, versions, and one module of statements for each thing that is kept."""
