"""What a picture of a step shows: its scene, stand-ins for what has no picture, and which pictures are alike."""
