/** The part of Jinja that chat templates use. */
module dev.remora.jinja {
  requires static transitive org.jspecify;

  exports dev.remora.jinja;
}
