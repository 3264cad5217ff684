package io.github.bililive.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SourceFileTest {
  @Test
  void namesInBackQuotesBecomeImportsOnceAndInOrder() {
    assertThat(
            SourceFile.layout(
                "package a;\n\nclass A {\n  `java.util.List`<`b.B`> b;\n  `b.B` c;\n  `a.C` d;\n}\n"))
        .isEqualTo(
            "package a;\n\nimport b.B;\nimport java.util.List;\n\n"
                + "class A {\n  List<B> b;\n  B c;\n  C d;\n}\n");
  }

  @Test
  void ofTwoClassesOfOneNameTheSecondStaysQualifiedAndThoseOfTheOwnPackageComeFirst() {
    assertThat(
            SourceFile.layout(
                "package a;\n\nclass A {\n  `b.B` b;\n  `c.B` c;\n  `b.A` d;\n"
                    + "  `java.util.List` e;\n  `a.List` f;\n}\n"))
        .isEqualTo(
            "package a;\n\nimport b.B;\n\n"
                + "class A {\n  B b;\n  c.B c;\n  b.A d;\n  java.util.List e;\n  List f;\n}\n");
  }

  @Test
  void theAnnotationOfAQualifiedNameStandsBeforeItsLastPart() {
    String nullable = "@`org.jspecify.annotations.Nullable` ";

    assertThat(
            SourceFile.layout(
                "package a;\n\nclass List {\n  "
                    + nullable
                    + "`java.util.List` a;\n  "
                    + nullable
                    + "`java.util.Map` b;\n}\n"))
        .contains("  java.util.@Nullable List a;\n  @Nullable Map b;\n")
        .contains("import java.util.Map;\nimport org.jspecify.annotations.Nullable;\n");
  }

  @Test
  void backQuotesInCommentsAndLiteralsAreText() {
    String body =
        "/** `x.A` */\nclass A {\n  // `x.B`\n  String a = \"`x.C` \\\"`x.D`\";\n  char b = '`';\n}\n";

    assertThat(SourceFile.layout("package a;\n\n" + body)).isEqualTo("package a;\n\n" + body);
  }

  @Test
  void javadocIsBrokenAtOneHundredColumnsButNeverBeforeATag() {
    String words = "word ".repeat(30).trim();

    String laidOut =
        SourceFile.layout(
            "package a;\n\nclass A {\n  /** " + words + " @x " + words + " */\n  int a;\n}\n");

    assertThat(laidOut.lines()).allMatch(line -> line.length() <= 100);
    assertThat(laidOut)
        .contains("  /**\n   * word", "\n   */\n  int a;")
        .doesNotContain("* @x")
        .contains("word @x");
  }

  @Test
  void ofSeveralBlankLinesOneIsLeftAndNoneBeforeABrace() {
    assertThat(SourceFile.layout("package a;\n\n\nclass A {\n  int a;\n\n}\n\n\n"))
        .isEqualTo("package a;\n\nclass A {\n  int a;\n}\n");
  }
}
