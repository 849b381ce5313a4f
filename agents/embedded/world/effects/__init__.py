"""What verbs do to the world: one small function per effect of `lexicon.toml`, found by its name.

Each takes the world and a clause, changes the world, and says what the moment looks like: what is shown, the main
thing first, and what is so only while it is done, such as a kettle that pours.
"""

from agents.embedded.world.effects import becoming, heating, moving, preparing, tending, working
from agents.embedded.world.effects.moment import EFFECTS, Moment, handled
from agents.embedded.world.effects.working import change

__all__ = ["EFFECTS", "Moment", "becoming", "heating", "moving", "preparing", "tending", "working", "change", "handled"]
