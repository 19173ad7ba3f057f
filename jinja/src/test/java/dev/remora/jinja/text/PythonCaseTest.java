package dev.remora.jinja.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** What Python 3.11 gives; beside the cases of language.json. */
class PythonCaseTest {
  @Test
  void capitalize_characterAlreadyInTitleCase_stays() {
    assertEquals("ᾈa", PythonCase.capitalize("ᾈA"));
    assertEquals("ǅa", PythonCase.capitalize("ǅA"));
  }

  @Test
  void fold_characterWithAnUpperCaseOfItsOwnKind_isFoldedAsUnicodeSays() {
    assertEquals("ı", PythonCase.fold("ı"));
    assertEquals("Ꭰ", PythonCase.fold("ꭰ"));
    assertEquals("ssssσσ", PythonCase.fold("ßẞΣς"));
  }
}
