const root = document.documentElement;
root.classList.add("js");

const inkSwitch = document.getElementById("ink");
function setInk(on) {
  root.classList.toggle("bare", !on);
  inkSwitch?.setAttribute("aria-pressed", String(on));
}
inkSwitch?.addEventListener("click", () => setInk(root.classList.contains("bare")));

/* Draws the ink of a slide stroke by stroke, long strokes longer, and then lets the colour in. */
function draw(slide) {
  slide.getAnimations({ subtree: true }).forEach((animation) => animation.cancel());
  const paths = [...slide.querySelectorAll(".ink path")];
  const lengths = paths.map((path) => path.getTotalLength() + 20);
  const pace = 4000 / lengths.reduce((sum, length) => sum + length, 0);
  let delay = 0;
  paths.forEach((path, i) => {
    const duration = pace * lengths[i];
    path.setAttribute("pathLength", "1");
    path.animate(
      [{ opacity: 0, strokeDasharray: "0 1" }, { opacity: 1, offset: 0.02 }, { opacity: 1, strokeDasharray: "1 1" }],
      { delay, duration, fill: "backwards" },
    );
    delay += duration;
  });
  slide.querySelector("img").animate([{ opacity: 0 }, { opacity: 0, offset: 0.75 }, { opacity: 1 }], delay / 0.75);
}

for (const step of document.querySelectorAll(".step")) {
  const slides = [...step.querySelectorAll(".slide")];
  const captions = [...step.querySelectorAll("figcaption p")];
  const buttons = [...step.querySelectorAll(".strip [aria-pressed]")];
  const first = slides.findIndex((slide) => !slide.hidden);

  function show(chosen) {
    slides.forEach((slide, i) => (slide.hidden = i !== chosen));
    captions.forEach((caption, i) => (caption.hidden = i !== chosen));
    buttons.forEach((button, i) => button.setAttribute("aria-pressed", String(i === chosen)));
  }

  buttons.forEach((button, i) => {
    button.addEventListener("click", () => show(i));
    button.addEventListener("keydown", (event) => {
      const next = buttons[i + { ArrowLeft: -1, ArrowRight: 1 }[event.key]];
      next?.focus();
      next?.click();
    });
  });

  step.querySelector(".play")?.addEventListener("click", () => {
    setInk(true);
    show(first);
    draw(slides[first]);
  });
}
