package dev.remora.jinja.run;

import dev.remora.jinja.node.Statement.Body;
import dev.remora.jinja.value.StringValue;

/** Runs bodies for the expressions that have one. */
interface Bodies {
  /** What a body prints in a scope. */
  StringValue capture(Body body, Scope scope);
}
