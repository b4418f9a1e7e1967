"""The payment server's rows: the only place in it where SQL is written.

Every function takes a connection and does its statements; transactions belong to the writer.
"""
