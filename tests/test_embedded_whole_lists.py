"""Step lists read as a whole: what earlier steps put somewhere is meant, told and drawn by later ones."""

import pytest

from agents.embedded import with_known_things
from agents.llm import Door
from agents.recaptioner import image_prompt, recaption
from agents.scene_grapher import scene_graph
from tools.scene import verbalise


def guide(goal: str, *steps: str) -> tuple[str, str]:
    """The state after the last step, and what its picture shows."""
    door = Door()
    captions = recaption(list(steps), door, goal)
    scenes = [scene_graph(image_prompt(captions, index), door) for index in range(len(captions))]
    return captions[-1].state, verbalise(with_known_things(scenes, goal)[-1][0]).text


@pytest.mark.parametrize(
    ("goal", "steps", "told"),
    [
        (
            "Roast a chicken",
            ["Lay the onions in a tin.", "Rub the chicken with butter, then stuff a lemon inside it.", "Roast it."],
            "The whole chicken is roasted.",
        ),
        (
            "Roast a chicken",
            ["Lay the onions in a tin.", "Rub the chicken with butter, then stuff a lemon inside it."],
            "and a lemon is stuffed inside the whole chicken.",
        ),
        ("Hang a shelf", ["Drill into the wall.", "Rest the shelf on top and screw it down."], "The shelf is rested"),
        (
            "Overnight oats",
            ["Put the oats in a jar.", "Stir in yogurt.", "Leave it in the fridge."],
            "oats are left",
        ),
        (
            "Make a milkshake",
            ["Pour a glass of milk into the blender and blend it.", "Pour into a tall glass."],
            "The milkshake is poured into a tall glass.",
        ),
        (
            "Plant a basket",
            ["Fill the basket with soil.", "Firm the soil around the roots.", "Top up with soil."],
            "The basket is topped up",
        ),
        ("Knot a bracelet", ["Take the thread on the left and tie it around a nail."], "left and tied around a nail"),
        ("Bake a cake", ["Check the cake to see if it is done."], "The cake is checked"),
        ("Fix a toilet", ["Flush the toilet a couple of times."], "The toilet is flushed"),
        (
            "Fry an egg",
            ["Crack an egg into a pan.", "If the edges burn, turn down the heat."],
            "If needed, the heat is",
        ),
        ("Mash", ["Slice three potatoes.", "Boil the potatoes."], "The sliced potatoes are boiled."),
        ("Mash", ["Boil potatoes.", "Mash the potatoes.", "Season the potatoes."], "The mashed potatoes are seasoned"),
        ("Wash a sweater", ["Press the water out of the sweater.", "Lay it flat to dry."], "The sweater is laid flat"),
        (
            "Cook lentils",
            ["Simmer the lentils.", "Skim off the foam.", "Simmer for an hour."],
            "The lentils are simmered",
        ),
        (
            "Make pizza dough by hand",
            ["Tip the flour onto the counter.", "Sprinkle over two teaspoons of salt.", "Put it in an oiled bowl."],
            "The pizza dough is put in an oiled bowl",
        ),
        (
            "Mix a pitcher of sangria",
            ["Stir in some brandy and sugar.", "Chill for four hours."],
            "The sangria is chilled",
        ),
        ("Fix a tap", ["Swap the washer.", "Turn the water on and check it."], "The water is turned on and checked"),
        ("Plant tulips", ["Dig a hole in soil.", "Set the bulb in the soil.", "Water it."], "flower bulb"),
        (
            "Clean a shower door",
            ["Heat a cup of vinegar in the microwave.", "Funnel it into a spray bottle."],
            "The vinegar is funneled into a spray bottle",
        ),
        (
            "Cook mussels",
            ["Rinse the mussels.", "Throw out the ones that are open."],
            "Some of the mussels are thrown out",
        ),
        (
            "Make brittle",
            ["Butter a baking sheet.", "Boil the sugar in a pot.", "Pour the sugar onto the sheet."],
            "onto the baking sheet",
        ),
        ("Make shakshuka", ["Fry an onion in oil.", "Pour in a tin of tomatoes."], "tomatoes is poured into the pan"),
        ("Clean a sofa", ["Vacuum the sofa.", "Sprinkle it with baking soda."], "The sofa is sprinkled"),
        ("Make soup", ["Boil the soup.", "Sprinkle parsley over the soup and serve it."], "the soup is served"),
        (
            "Bake bread",
            ["Mix the flour.", "Pour in the milk and stir.", "Tip it onto the counter."],
            "The mixture is tipped",
        ),
        (
            "Patch a bicycle inner tube",
            ["Work a lever under the rim, then pull out the tube.", "Pump it up."],
            "The inner tube is pumped up",
        ),
        (
            "Boil jam",
            ["Clip a thermometer to the pot and cook the jam.", "Cook until it is thick."],
            "The jam is cooked",
        ),
    ],
)
def test_it_is_what_the_work_is_about(goal: str, steps: list[str], told: str) -> None:
    assert told in guide(goal, *steps)[0]


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ("Scrape off as much rust as you can.", "Rust is scraped off."),
        ("Cut six pieces of thread and knot them.", "are cut and knotted. Six threads"),
        ("Firm the soil around the roots.", "The soil around the roots is firmed."),
        ("Let all of the old oil run out into the tray.", "All of the old oil is left to run out"),
        ("Sew round three sides.", "Three sides are sewn round."),
        ("Carry on across the row.", ""),
        ("Peel and thinly slice four potatoes.", "Four potatoes are peeled and"),
        ("Water the plant every so often.", "The plant is watered."),
        ("Stroke the cat. Give her a treat.", "given a treat"),
        ("When the leaves droop and turn yellow, cut the stems.", "The stems are cut."),
        ("Shake off the dirt, or hose it if you must.", "The dirt is shaken off"),
        ("Add the mussels, clap on the lid, and shake the pot.", "the lid is clapped on"),
        ("Square off the hole with a saw.", "The hole is squared off with a saw."),
        ("Snip out anything dead.", "Anything dead is snipped out."),
        ("Cut a board to fit the gap and screw it to the wall.", "A board is cut and screwed to the wall."),
        ("Do this right after lunch.", ""),
        ("Use a spoon to give the soup a stir.", "The soup is given a stir with a spoon."),
        ("If greasy then soak the pan. Scrub the pan, rinse it and dry it.", "The pan is scrubbed, rinsed and dried"),
        ("Mix the tuna, mayonnaise, relish in a bowl.", "mixed in a bowl"),
        ("Change the water whenever it is cloudy.", "The water is changed."),
        ("Hold the shelf against the wall at the height you want.", "The shelf is held against the wall."),
        ("Tear some newspaper into strips.", "A torn newspaper"),
        ("Halve a dozen ripe tomatoes.", "12 ripe tomatoes are halved"),
        ("Roll on a thin coat of primer.", "A thin coat of primer is rolled on"),
        ("Take the chicken out of the fridge and pat it dry.", "taken out of the fridge and patted dry"),
        ("Scrape them all into a pan.", "into a pan"),
        ("Sand the frame and plane down the edge, a little at a time.", "the edge is planed"),
    ],
)
def test_plain_english_is_told_in_plain_english(step: str, told: str) -> None:
    assert told in guide("", step)[0]


@pytest.mark.parametrize(
    ("goal", "steps", "shown", "hidden"),
    [
        ("Bathe a dog", ["Fill the tub with water.", "Lift the dog in."], "a dog in the bathtub", "hand"),
        ("Bathe a dog", ["Rinse the dog.", "Rub him dry."], "a dog", "wet dog"),
        ("Roast potatoes", ["Heat the oven."], "a lit oven", "stove"),
        (
            "Banana bread",
            ["Whisk eggs in a bowl.", "Scrape the batter into a tin."],
            "tray filled with batter",
            "bottle",
        ),
        ("Bake bread", ["Put the dough in a tin.", "Bake it.", "Let it cool."], "a loaf of bread", "slice of bread"),
        ("Replace a laptop battery", ["Shut the laptop down."], "a laptop", "battery"),
        ("Replace a laptop battery", ["Flip the laptop over.", "Pry off the cover with a card."], "laptop", "box"),
        ("Get wax out of a tablecloth", ["Put an ice cube on the wax."], "an ice cube on the blanket", "bottle"),
        ("Make a friendship bracelet", ["Cut the thread.", "Knot it."], "a thread", "chain"),
        (
            "Set up a fish tank",
            ["Pour gravel into the tank.", "Put a plate on the gravel."],
            "plate in the fish tank",
            "x",
        ),
        ("Make oat milk", ["Blend the oats.", "Strain twice through a towel."], "milk", "box"),
        ("Make pizza dough", ["Tip 500 g of flour onto the counter."], "flour", "glass"),
        ("Tie-dye a t-shirt", ["Seal the t-shirt in a plastic bag."], "a shirt in the trash bag", "box"),
        ("Tie-dye a t-shirt", ["Dye the t-shirt.", "Rinse under cold water."], "shirt left of the tap", "jug"),
        ("Bathe a dog", ["Wet the dog.", "Lather with dog shampoo."], "dog, a bottle", "box"),
        (
            "Make shakshuka",
            ["Slice an onion.", "Fry it in olive oil over medium heat for 8 minutes."],
            "a sliced onion in the pan",
            "box",
        ),
        ("Fill a bowl", ["Empty the bottle of milk into the bowl."], "a bowl filled with milk", "x"),
        ("Measure", ["Measure the shoe in the box."], "moving tape measure", "y"),
        ("Organise a drawer", ["Empty the drawer out onto a towel."], "a towel", "on the towel"),
        ("Repot a monstera", ["Set the monstera in the pot."], "plant", "box"),
        ("Treat a small cut", ["Stick a plaster on the cut."], "a hand", "flour"),
        ("Wax a surfboard", ["Lay the board on the grass."], "a surfboard, grass", "plank"),
        ("Prune a rose bush", ["Cut out any damaged stems."], "grass", "broken"),
        ("Prune a rose", ["Put the clippings in a bin.", "Water the plant."], "a wet plant", "plant in the bucket"),
        ("Stir fry", ["Slice a carrot.", "Heat a wok.", "Throw in the veg."], "a sliced carrot in the pan", "box"),
        (
            "French toast",
            ["Dip each slice of bread in the egg.", "Melt butter in a pan.", "Fry the soaked slices."],
            "a toasted slice of bread in the pan",
            "person",
        ),
        (
            "Mash",
            ["Put a potato in a big pot.", "Warm the milk in a small saucepan."],
            "pot filled with milk",
            "potato",
        ),
        ("Lemonade", ["Heat one cup of sugar and two cups of water in a small pan."], "pan filled with water", "cup"),
        (
            "Boil eggs",
            ["Fill a bowl with cold water and ice.", "Transfer the eggs to the ice bath."],
            "eggs in the bowl",
            "bathtub",
        ),
        (
            "Roast a chicken",
            ["Roast the chicken.", "Cover it with foil and let it rest."],
            "sheet of foil on the whole chicken",
            "leg",
        ),
        (
            "Cook rice",
            ["Rinse the rice.", "Put it in a small saucepan with two cups of water.", "Cover the pan and simmer."],
            "boiling pot filled with rice",
            "pan filled",
        ),
        (
            "Boil eggs",
            ["Bring a pan of water to a rolling boil.", "Lower the eggs in gently.", "Cook them."],
            "pan filled with water on the stove, two eggs in the pan",
            "fried",
        ),
        (
            "Make pancakes",
            ["Whisk flour with milk in a bowl.", "Ladle some batter onto the griddle.", "Flip them over."],
            "two pancakes in the pan",
            "batter",
        ),
        (
            "Bake cookies",
            ["Scoop the dough onto a baking sheet.", "Bake at 350°F for 10 minutes."],
            "a tray in the oven, two cookies on the tray",
            "dough",
        ),
        (
            "Make a wreath",
            ["Cut two rings out of cardboard."],
            "a sheet of cardboard",
            "box",
        ),
        (
            "Mash potatoes",
            ["Boil the potatoes.", "Mash the potatoes in a bowl.", "Season the potatoes with salt."],
            "a mashed potato",
            "two potatoes",
        ),
        ("Care for carpets", ["Vacuum the carpet."], "a vacuum cleaner next to the rug", "box"),
        ("Make mash", ["Boil two potatoes in salted water."], "two potatoes in the pot", "jug"),
        (
            "Make pancakes",
            [
                "Whisk flour in a bowl.",
                "Beat eggs with milk in a jug.",
                "Pour the wet mixture into the dry ingredients.",
            ],
            "a jug next to the bowl",
            "jug filled with batter",
        ),
        ("Patch drywall", ["Sand the wall lightly."], "a moving sheet of sandpaper next to the wall", "brush"),
        ("Unclog a sink", ["Pour baking soda down the drain."], "above the sink", "toilet"),
        ("Wash a shirt", ["Blot the stain to soak up any grease."], "a shirt", "grease"),
        (
            "Cook pasta",
            ["Boil the pasta in a pot.", "Fry the garlic in olive oil."],
            "garlic bulb in the pan",
            "garlic bulb in the pot",
        ),
        ("Roast a chicken", ["Soak the chicken in buttermilk."], "in the bowl", "on the bottle"),
        (
            "Clean a microwave",
            ["Fill a bowl with water and add two spoonfuls of vinegar."],
            "bowl filled with water",
            "bowl filled with v",
        ),
        ("Pickle cucumbers", ["Slice the cucumbers.", "Pack the slices into a jar."], "a sliced cucumber", "box"),
        ("Wash a dog", ["Wet the dog with warm water."], "a jug", "kettle"),
        ("Plant tulips", ["Dig a hole in the soil.", "Set the bulb in the soil."], "an onion", "light bulb"),
        ("Fix a flat bike tire", ["Pull the tube out of the tire."], "wheel", "pipe"),
        (
            "Bathe a dog",
            ["Put a mat in the tub.", "Run some water and lift him in."],
            "a dog in the bathtub",
            "in the jug",
        ),
        ("Clean a microwave", ["Wipe the door with a cloth."], "a microwave", "a door"),
        ("Clean a microwave", ["Wipe down the walls."], "a microwave", "two microwaves"),
        ("Make toast", ["Butter a slice of bread.", "Set a pan over a low heat."], "a pan", "on the bread"),
        ("Remove a splinter", ["Hold a magnifying glass over the tip."], "magnifying glass", "a glass"),
        (
            "Make coffee in a French press",
            ["Warm the press with hot water.", "Add 30 g of ground coffee."],
            "coffee",
            "stove",
        ),
        (
            "Bake bread",
            ["Put the dough in a tin.", "Bake for an hour.", "Leave it in the tin for ten minutes."],
            "a loaf of bread",
            "oven",
        ),
        ("Clean an oven", ["Mix baking soda with enough water to make a paste."], "a bowl", "jar"),
        ("Make soup", ["Heat oil in a pot and cook the onion."], "an onion in the pot", "boiling"),
        ("Make soup", ["Put leeks in a pot.", "Blend the soup and return it to the pot."], "pot filled with soup", "x"),
        ("Have tea", ["Pour two cups of tea."], "two cups filled with tea", "kettle"),
    ],
)
def test_pictures_show_things_where_they_are(goal: str, steps: list[str], shown: str, hidden: str) -> None:
    drawn = guide(goal, *steps)[1]
    assert shown in drawn and hidden not in drawn
