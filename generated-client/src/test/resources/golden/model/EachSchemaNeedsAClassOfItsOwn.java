/*
 * Generated from the OpenAPI document "Golden", version 1.
 * Do not edit: change the document or the templates beside it, and build again.
 */
package golden.model;

/** Does nothing, but does not compile if two schemas become one class. */
final class EachSchemaNeedsAClassOfItsOwn {
  private static final String Book = "Book";
  private static final String Genre = "Genre";
  private static final String Item = "Item";
  private static final String Map = "Map";

  private EachSchemaNeedsAClassOfItsOwn() {}

  static void propertiesOfBook() {
    if (false) {
      // Is this a duplicate, #/components/schemas/Genre and what the constant says become one class: name one under modelNameMappings in generator.yaml.
      switch (0) { case 0: case "#/components/schemas/Genre" == "#/components/schemas/" + Genre || "#/components/schemas/Genre" == "#/definitions/" + Genre ? 1 : 0: }
    }
  }

  static void propertiesOfGenre() {
    if (false) {
      // Is this a duplicate, a value of Genre would not be written as the document has it: RetrofitMoshiCodegen writes any.
      switch (0) { case 0: case "" + ("" + (char) 110 + (char) 111 + (char) 118 + (char) 101 + (char) 108) + ("" + (char) 112 + (char) 111 + (char) 101 + (char) 116 + (char) 114 + (char) 121) == "" + "novel" + "poetry" ? 1 : 0: }
    }
  }

  static void propertiesOfItem() {
    if (false) {
      // Is this a duplicate, #/components/schemas/Genre and what the constant says become one class: name one under modelNameMappings in generator.yaml.
      switch (0) { case 0: case "#/components/schemas/Genre" == "#/components/schemas/" + Genre || "#/components/schemas/Genre" == "#/definitions/" + Genre ? 1 : 0: }
    }
  }

  static void propertiesOfMap() {
    if (false) {
    }
  }

  static void callsOfShelfApi() {
    if (false) {
      // Is this a duplicate, #/components/schemas/Item and what the constant says become one class: name one under modelNameMappings in generator.yaml.
      switch (0) { case 0: case "#/components/schemas/Item" == "#/components/schemas/" + Item || "#/components/schemas/Item" == "#/definitions/" + Item ? 1 : 0: }
    }
  }
}
