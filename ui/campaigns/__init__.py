"""Campaigns in the window: their figures and cases; made, ended, and told in a bulletin."""
