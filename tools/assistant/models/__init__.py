"""Language models over plain HTTP: one method for all of them, wire formats for each kind of server.

A reply is a text. It is read as the text of a strategy, and never run as anything else.
"""
