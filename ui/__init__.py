"""The screen: Qt only, on top of the console."""
