"""What people write is put in plainer words before it is read, and told in good English after."""

import pytest

from agents.embedded.reading.instructions import cleaned
from agents.embedded.reading.plainer import plainer
from agents.embedded.world.topic import topic_of
from agents.llm import Door
from agents.recaptioner import recaption


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Start cooking noodles.", "Cook noodles."),
        ("Begin by chopping the onion", "Chop the onion"),
        ("Finish by feeding the plant.", "Feed the plant."),
        ("Stir, then keep mixing it.", "Stir, then mix it."),
        ("Keep going until it shines", "Keep going until it shines"),
        ("Keep baking soda at hand", "Keep baking soda at hand"),
        ("Feel free to taste the soup.", "Taste the soup."),
        ("Add if you want some broken chocolate.", "Add some broken chocolate."),
        ("If you want a crisp crust, bake it.", "If you want a crisp crust, bake it."),
        ("Lower the heat and let simmer.", "Lower the heat and let it simmer."),
        ("Let the dough rise.", "Let the dough rise."),
        ("Sand it, and let that dry too.", "Sand it, and let it dry too."),
        ("Pour into one or two tins.", "Pour into two tins."),
        ("Bring 1 l water to boiling.", "Bring 1 litre of water to a boil."),
        ("Add 190 g flour and 2 cups chopped onion.", "Add 190 g of flour and 2 cups of chopped onion."),
        ("Fill two cups with ice.", "Fill two cups with ice."),
        ("Put the lid back and call it a day.", "Put the lid back."),
        ("File the edges. You can always do the rest tomorrow.", "File the edges."),
        ("Clip just the very tip.", "Clip the tip."),
        ("Work your way around, shaping it into a dome.", "Shape it into a dome."),
        ("Slip card inside to keep the ink from soaking through, and iron it.", "Slip card inside, and iron it."),
        ("Try to keep the dough from sticking.", "Try to keep the dough from sticking."),
        (
            "Lay a towel to keep water from wetting it and dry it.",
            "Lay a towel to keep water from wetting it and dry it.",
        ),
        ("You can always add 1.5 cups.", "You can always add 1.5 cups."),
        ("Keep the cat from jumping.", "Keep the cat from jumping."),
        ("Add a bit more oil and stir.", "Add more oil and stir."),
        ("Turn on & preheat the oven.", "Turn on and preheat the oven."),
        ("Stir it in – put back into the oven.", "Stir it in; put it back into the oven."),
        ("Use 2 - 3 eggs.", "Use 2 - 3 eggs."),
        ('Put the "lid" on a 9" pan.', 'Put the lid on a 9" pan.'),
        ("Add an (optional) thin layer.", "Add a (optional) thin layer."),
        ("Crack open the vents.", "Open the vents."),
        ("Start with a sheet of paper and fold it in half.", "Fold a sheet of paper in half."),
        ("Loop some wool round your fingers.", "Loop some wool around your fingers."),
        ("Add 30 g of coarsely ground coffee.", "Add 30 g of ground coffee."),
        ("Remove it as soon as you see green shoots.", "Remove it."),
        ("As soon as it boils, add salt.", "As soon as it boils, add salt."),
        ("Work your way round the bush to shape it.", "Shape the bush."),
        ("Sift over 225 g of flour.", "Sift in 225 g of flour."),
        ("Wipe off whatever squeezes out.", "Wipe off the excess."),
        ("Fill in with soil.", "Fill the holes with soil."),
        ("In a jug, beat 2 eggs with 1.5 cups of milk.", "Beat 2 eggs with 1.5 cups of milk in a jug."),
        ("In a bowl, whisk the eggs and stir in the milk.", "Whisk the eggs in a bowl and stir in the milk."),
        ("In a jar the flour keeps.", "In a jar the flour keeps."),
        ("In a mug, dip the brush and paint the wall.", "Dip the brush in a mug and paint the wall."),
        ("Take the lid off the jar and fill it with water.", "Take the lid off the jar and fill it with water."),
        ("Pour the milk that has just boiled into the cup.", "Pour the milk that has just boiled into the cup."),
        ("Stop as soon as the dough is smooth and cover it.", "Stop and cover it."),
        ("Make sure the side that gets wet faces down.", "Make sure the side that gets wet faces down."),
        ("If the door is stuck, do it again.", "If the door is stuck, do it again."),
        ("Lift the lid off the tank and set it aside.", "Lift the lid off the tank and set the lid aside."),
        ("If the chain is too short, unhook it.", "If the chain is too short, unhook the chain."),
        ("Choose a spot that gets six hours of sun.", "Choose a spot."),
        ("When it bubbles and starts to pop, flip it.", "When it bubbles, flip it."),
        ("Bring it to a full rolling boil.", "Bring it to a boil."),
        ("Check the seasoning.", "Season to taste."),
        ("Watch for bubbles.", "Look for bubbles."),
        ("Cut the wall, watching out for wires.", "Cut the wall."),
        ("Log in to the laptop.", "Open the laptop."),
        ("Put a log on the fire.", "Put a log on the fire."),
        ("Keep cutting boards clean.", "Keep cutting boards clean."),
        ("Keep spring onions in the fridge.", "Keep spring onions in the fridge."),
        ("Let cool water run over it.", "Let cool water run over it."),
        ("Wrap it around 2 sticks.", "Wrap it around 2 sticks."),
        ("Serve cold drinks.", "Serve cold drinks."),
        ("Bake a pound cake.", "Bake a pound cake."),
        ("Wash the car.", "Wash the car."),
        ("Loosen the nuts half a turn.", "Loosen the nuts a bit."),
        ("Hand-tighten the nuts.", "Tighten the nuts."),
        ("Add four cups of ice cold water.", "Add four cups of ice-cold water."),
        ("Sprinkle over two teaspoons of salt.", "Sprinkle on two teaspoons of salt."),
        ("Sprinkle over a plate of fruit on the table.", "Sprinkle over a plate of fruit on the table."),
        ("Pour over ice.", "Pour over ice."),
        ("Pick out any stones.", "Discard any stones."),
        ("Leave for 24 hours before draining the bath.", "Leave for 24 hours before draining the bath."),
        ("Sit back and soak for 20 minutes.", "Soak for 20 minutes."),
        ("Turn right at the corner.", "Turn right at the corner."),
        ("Take everything out and pile it on the bed.", "Take everything out and pile everything on the bed."),
        ("Wait until it dries, usually overnight.", "Let it dry, usually overnight."),
        ("Wait until they are set.", "Let them set."),
        ("Wait for the paint to dry.", "Let the paint dry."),
        ("Wait until the water boils.", "Wait until the water boils."),
        ("Sand lightly.", "Sand it lightly."),
        ("Water plants daily.", "Water plants daily."),
        ("Rinse the racks, dry them and slide back in.", "Rinse the racks, dry them and slide them back in."),
        ("Empty the trash, or nothing gets deleted.", "Empty the trash."),
        ("Use a fork or a spoon.", "Use a fork or a spoon."),
        ("Wind the yarn round and round until it is thick.", "Wind the yarn until it is thick."),
        ("Get rid of doubles.", "Throw away doubles."),
        ("Sand every surface.", "Sand every surface."),
        ("Water every two days.", "Water it every two days."),
        ("Brush lightly beaten egg over it.", "Brush lightly beaten egg over it."),
        ("Mix the flour and oil thoroughly.", "Mix the flour and oil thoroughly."),
        (
            "Put everything in a bowl, wipe the shelf and dry it.",
            "Put everything in a bowl, wipe the shelf and dry it.",
        ),
        ("Use butter, or you can use oil, and melt it.", "Use butter, or you can use oil, and melt it."),
        ("Drain the pasta, or you'll get soup, then add sauce.", "Drain the pasta, then add sauce."),
        ("Turn the bolt two full turns.", "Turn the bolt a bit."),
        ("Make half turns.", "Make half turns."),
        ("Boot up the computer.", "Start the computer."),
        ("Pick out any book you like.", "Pick out any book you like."),
        ("Rest for about an hour before slicing.", "Rest for about an hour before slicing."),
        ("Wait until it is cool enough to handle.", "Wait until it is cool enough to handle."),
        ("Spread compost and mulch over the bed.", "Spread compost and mulch over the bed."),
        ("Push back on the handle.", "Push back on the handle."),
        ("Keep somewhere warm.", "Keep it somewhere warm."),
    ],
)
def test_plainer_words(written: str, plain: str) -> None:
    assert plainer(written) == plain
    assert plainer(plain) == plain


def told(goal: str, *steps: str) -> str:
    """The first sentence of the state after the last step."""
    return recaption(list(steps), Door(), goal)[-1].state.partition(". ")[0].rstrip(".")


@pytest.mark.parametrize(
    ("step", "state"),
    [
        ("Add the stock, leeks, and the garlic.", "The stock, leeks, and the garlic are added"),
        ("Mix flour, eggs and butter or oil.", "Flour, eggs and butter or oil are mixed"),
        ("Add white sugar, brown sugar and salt.", "White sugar, brown sugar and salt are added"),
        ("Cut the beef and dust with flour.", "The beef is cut and dusted with flour"),
        ("Cover the pan and stew for an hour.", "The pan is covered and stewed"),
        ("Put the cheese in a pan and remove it from the pan.", "The cheese is put in a pan and removed from the pan"),
        ("Roll the dough to 1.5 cm.", "The dough is rolled to 1.5 cm"),
        ("Lift the lid off and wiggle it gently rather than yanking.", "The lid is lifted off and wiggled gently"),
        ("Undo the screw that's under the tap.", "The screw is undone"),
        ("Water the plant before you plan to move it.", "The plant is watered"),
        (
            "Go down 15 inches and tie a square knot in each of the groups.",
            "A square knot is tied in each of the groups",
        ),
        ("Empty the recently deleted folder.", "The recently deleted folder is emptied"),
        ("Open a can of tuna and drain it.", "A can of tuna is opened and drained"),
        ("Warm the milk and butter together in a pan.", "The milk and butter are warmed together in a pan"),
        ("Leave the door shut.", "The door is left shut"),
        ("Undo the screw holding the handle in place.", "The screw is undone"),
        ("Tie the plant to a stake and water regularly.", "The plant is tied to a stake and watered"),
        ("Leave any blisters alone.", "Any blisters are left alone"),
        ("Flush the toilet and watch whether the flap closes.", "The toilet is flushed"),
        ("Add kitchen scraps such as peelings and eggshells, but never meat.", "Kitchen scraps are added"),
        (
            "Fill the sink with a cleaner such as dish soap, and wipe the pan.",
            "The sink is filled with a cleaner, and the pan is wiped",
        ),
        ("Pinch off the flowers, even though it hurts, so the plant grows.", "The flowers are pinched off"),
        ("Cover the pot with twice as much straw.", "The pot is covered with straw"),
        ("Put the rice in a pot with one and a half cups of water.", "The rice is put in a pot with 1.5 cups of water"),
        ("Turn the heat down as low as it will go.", "The heat is turned down low"),
        ("Rake the soil level.", "The soil is raked"),
        ("Firm the soil around the plant and water well.", "The soil around the plant is firmed and watered well"),
        ("Take the chicken out of the fridge an hour before cooking.", "The chicken is taken out of the fridge"),
        ("Place the chicken breast side up in a tin.", "The chicken is placed in a tin"),
        ("Write a list of what you'll wear and close the case.", "A list is written, and the case is closed"),
        (
            "Spray vinegar on the stain and wipe again once it stops foaming.",
            "Vinegar is sprayed on the stain and wiped",
        ),
        ("Move the eggs to a bowl as soon as the timer goes off.", "The eggs are moved to a bowl"),
        ("Add a quarter cup of milk to the pot.", "Some milk is added to the pot"),
        ("Swing the door a few times.", "The door is swung a few times"),
        ("Finish by watering the plant and adding some soil.", "The plant is watered, and some soil is added"),
    ],
)
def test_steps_are_told_in_good_english(step: str, state: str) -> None:
    assert told("", step) == state


def test_what_is_cooked_in_the_oven_is_not_the_oven() -> None:
    assert (
        told("How to make crostata", "Preheat the oven.", "Cook in the oven.") == "The crostata is cooked in the oven"
    )


def test_what_is_sliced_once_it_has_cooled_is_what_was_baked() -> None:
    steps = ["Bake the loaf for an hour.", "Slice once it has cooled completely."]
    assert told("How to bake bread", *steps) == "The loaf is sliced"


def test_the_dish_is_served_not_what_was_added_last() -> None:
    steps = ["Boil the leeks in a pot.", "Add salt and pepper and serve with dill."]
    assert told("How to make leek soup", *steps) == "Salt and pepper are added, and the soup is served with dill"


def test_what_is_to_be_avoided_ends_with_its_sentence() -> None:
    assert told("", "Avoid overmixing. Pour the batter into a pan.") == "The batter is poured into a pan"


def test_a_baby_is_patted_dry() -> None:
    assert told("Bathe a baby", "Wash the baby.", "Pat her dry.") == "The baby is patted dry"


def test_contractions_name_nothing() -> None:
    topic = topic_of("How to start running when you're out of shape")
    assert topic is None or topic.phrase.name != "you're"


def test_gerunds_that_lead_no_sentence_stay() -> None:
    assert cleaned("Leave to set without moving it") == "Leave to set without moving it."
    assert cleaned("Stirring all the time, pour it in") == "Stir all the time, pour it in."
