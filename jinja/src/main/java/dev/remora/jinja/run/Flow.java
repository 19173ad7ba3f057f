package dev.remora.jinja.run;

/** How a template goes on after a statement. */
enum Flow {
  NEXT,
  BREAK,
  CONTINUE
}
