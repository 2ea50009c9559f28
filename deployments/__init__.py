"""What many articles say, brought together: claims into deployments, copies of one text into one source. Pure."""

from __future__ import annotations
