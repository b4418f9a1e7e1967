"""Pictures that must not change unnoticed: hostile text in every field that is shown.

    QT_QPA_PLATFORM=offscreen python -m tests.golden

draws them anew; look at each before you keep it.
"""
