"""The embedded generator: a scene composer, a first stage, a denoiser with a scribble adapter, and their training."""
