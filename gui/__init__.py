"""The first information terminal with windows: what a person sees, in Qt.

Widgets here show and collect; sentences come from `core/texts`, lines from `core/presentation`, and every
rule of the prompt from `core/terminal`, so that all of it is tested without a window.
"""
