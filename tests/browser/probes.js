// What the tests ask a page, as functions that run inside it and change nothing that lasts.
({
  // Everything but the menu, which would cover the rest.
  openEverything() {
    for (const details of document.querySelectorAll("main details")) details.open = true;
  },

  // The least that a reader may set without losing anything: WCAG 2.1, 1.4.12.
  spaceText() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
      p { margin-bottom: 2em !important; }
    `);
    document.adoptedStyleSheets = [sheet];
  },

  // What stands out to the side: the page itself, or a box in it that would have to be scrolled.
  tooWide() {
    const name = (element) => element.outerHTML.slice(0, 120);
    const scrolls = (element) => ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
    const wide = (element) => element.scrollWidth > element.clientWidth + 1;
    const found = [...document.body.querySelectorAll("*")].filter((element) => scrolls(element) && wide(element));
    if (document.documentElement.scrollWidth <= innerWidth) return found.map(name);
    const outside = (element) => element.getBoundingClientRect().right > innerWidth + 1;
    const innermost = (element) => outside(element) && ![...element.children].some(outside);
    return ["the page", ...[...document.body.querySelectorAll("*")].filter(innermost), ...found].map((element) =>
      typeof element === "string" ? element : name(element)
    );
  },

  // Boxes that cut off some of their own text; what is meant for screen readers only is clipped away on purpose.
  clipped() {
    const cuts = (value) => value === "hidden" || value === "clip";
    const cut = (element) => {
      const style = getComputedStyle(element);
      const across = cuts(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
      const down = cuts(style.overflowY) && element.scrollHeight > element.clientHeight + 1;
      return style.clipPath === "none" && (across || down);
    };
    return [...document.body.querySelectorAll("*")].filter(cut).map((element) => element.outerHTML.slice(0, 120));
  },

  // Everything in the page's own language that is read, spoken or shown on hovering, hidden or not.
  words() {
    const language = document.documentElement.lang;
    const own = (element) => element.closest("[lang]").lang === language && !element.closest("script, style");
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    let text = "";
    while (walker.nextNode()) text += own(walker.currentNode.parentElement) ? walker.currentNode.data : " … ";
    const attributes = ["aria-label", "title", "alt", "placeholder", "data-label", "content"];
    const spoken = attributes.flatMap((attribute) =>
      [...document.querySelectorAll(`[${attribute}]`)]
        .filter((element) => own(element) && !element.matches("meta:not([name=description])"))
        .map((element) => element.getAttribute(attribute))
    );
    return [text, ...spoken];
  },

  // What can be used from the keyboard, in the order of the page; radio buttons of one question are one stop.
  controls() {
    const usable = "a[href], button, input, select, textarea, summary, [tabindex='0']";
    const group = ({ name, form }) => [...document.getElementsByName(name)].filter((radio) => radio.form === form);
    const stop = (radio) => group(radio).find(({ checked }) => checked) ?? group(radio)[0];
    return [...document.querySelectorAll(usable)]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }) && element.tabIndex >= 0)
      .filter((element) => element.type !== "radio" || element === stop(element))
      .map((element) => element.outerHTML.slice(0, 120));
  },

  // The focused element, and whether one sees that it has the focus (the card or row around it may show it): it is
  // marked, on the screen, and nothing lies over its middle.
  focused() {
    const element = document.activeElement;
    const [box] = element.getClientRects();
    const isMarked = (candidate) => {
      const style = getComputedStyle(candidate);
      return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
    };
    const marked = [element, element.closest("li, tr")].some((candidate) => candidate && isMarked(candidate));
    const above = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
    return {
      name: element.outerHTML.slice(0, 120),
      isSeen: element.matches(":focus-visible") && marked && element.contains(above),
    };
  },
})
