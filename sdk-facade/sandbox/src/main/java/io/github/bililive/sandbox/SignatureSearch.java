package io.github.bililive.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a client signed in place of what it should have: makes the usual mistakes, one and
 * two at a time, and puts the headers in every order, until the signature is the one that was sent.
 * Some 2,000 HMACs at most.
 */
final class SignatureSearch {
  /**
   * What was signed.
   *
   * @param text the text; a token in it is blanked
   * @param mistakes what is wrong with it, or with how it was signed; the page has words for each
   */
  record Found(String text, List<String> mistakes) {}

  private record Attempt(
      TreeMap<String, String> values,
      List<String> order,
      UnaryOperator<String> names,
      String colon,
      String separator,
      String end,
      String key) {

    String text() {
      StringBuilder text = new StringBuilder();
      for (String name : order) {
        text.append(text.isEmpty() ? "" : separator)
            .append(names.apply(name))
            .append(colon)
            .append(values.get(name));
      }
      return text.append(end).toString();
    }

    Attempt with(String name, String value) {
      TreeMap<String, String> changed = new TreeMap<>(values);
      changed.put(name, value);
      boolean isNew = !order.contains(name);
      List<String> names = isNew ? new ArrayList<>(changed.keySet()) : order;
      return new Attempt(changed, names, this.names, colon, separator, end, key);
    }

    Attempt inOrder(List<String> other) {
      return new Attempt(values, other, names, colon, separator, end, key);
    }

    Attempt without(String name) {
      return inOrder(order.stream().filter(other -> !other.equals(name)).toList());
    }

    Attempt names(UnaryOperator<String> other) {
      return new Attempt(values, order, other, colon, separator, end, key);
    }

    Attempt colon(String other) {
      return new Attempt(values, order, names, other, separator, end, key);
    }

    Attempt separator(String other) {
      return new Attempt(values, order, names, colon, other, end, key);
    }

    Attempt end(String other) {
      return new Attempt(values, order, names, colon, separator, other, key);
    }

    Attempt key(String other) {
      return new Attempt(values, order, names, colon, separator, end, other);
    }
  }

  /** Of mistakes of one group, a client makes but one. */
  private record Mistake(String name, String group, UnaryOperator<Attempt> make) {}

  private final List<Mistake> mistakes = new ArrayList<>();
  private final List<String> shape = new ArrayList<>();
  private final Headers headers;
  private final byte[] body;
  private final byte[] signature;
  private final String algorithm;

  private SignatureSearch(Headers headers, byte[] body, String sent) {
    this.headers = headers;
    this.body = body;
    signature = decode(sent);
    algorithm =
        switch (signature.length) {
          case 16 -> "HmacMD5";
          case 20 -> "HmacSHA1";
          case 48 -> "HmacSHA384";
          case 64 -> "HmacSHA512";
          default -> "HmacSHA256";
        };
    if (!algorithm.equals("HmacSHA256")) {
      shape.add("algorithm:" + algorithm);
    }
  }

  /** Returns null if no usual mistake leads to what was sent. */
  static @Nullable Found find(Headers headers, byte[] body, String sent, AppSecret secret) {
    return new SignatureSearch(headers, body, sent).find(secret.text());
  }

  private byte[] decode(String sent) {
    String bare = sent.strip();
    if (bare.contains(" ")) {
      shape.add("prefix");
      bare = bare.substring(bare.lastIndexOf(' ') + 1);
    }
    if (bare.matches("([0-9a-fA-F]{2})+")) {
      if (!bare.equals(bare.toLowerCase(Locale.ROOT))) {
        shape.add("upperCase");
      }
      return HexFormat.of().parseHex(bare);
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(bare.replace('-', '+').replace('_', '/'));
      shape.add("base64");
      return decoded;
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private @Nullable Found find(String secret) {
    TreeMap<String, String> values = new TreeMap<>();
    for (String name : Signature.SIGNED) {
      values.put(name, Objects.requireNonNullElse(headers.get(name), ""));
    }
    Attempt right = new Attempt(values, Signature.SIGNED, name -> name, ":", "\n", "", secret);
    if (matches(right)) {
      return found(right, List.of());
    }
    addMistakesOfForm();
    addMistakesOfContent();
    addMistakesOfKey(secret);
    for (Mistake one : mistakes) {
      Attempt attempt = one.make.apply(right);
      if (matches(attempt)) {
        return found(attempt, List.of(one.name));
      }
    }
    for (int i = 0; i < mistakes.size(); i++) {
      for (Mistake two : mistakes.subList(i + 1, mistakes.size())) {
        Mistake one = mistakes.get(i);
        Attempt attempt = two.make.apply(one.make.apply(right));
        if (!one.group.equals(two.group) && matches(attempt)) {
          return found(attempt, List.of(one.name, two.name));
        }
      }
    }
    return anyOrder(right, new ArrayList<>(), new ArrayList<>(Signature.SIGNED));
  }

  /** Maps of some languages have a new order each time, so that no rule leads to it. */
  private @Nullable Found anyOrder(Attempt right, List<String> begun, List<String> left) {
    if (left.isEmpty()) {
      Attempt attempt = right.inOrder(List.copyOf(begun));
      Attempt ended = attempt.end("\n");
      return matches(attempt)
          ? found(attempt, List.of("order"))
          : matches(ended) ? found(ended, List.of("order", "trailingNewline")) : null;
    }
    for (String next : left) {
      List<String> more = new ArrayList<>(begun);
      more.add(next);
      List<String> fewer = new ArrayList<>(left);
      fewer.remove(next);
      Found found = anyOrder(right, more, fewer);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private Found found(Attempt attempt, List<String> names) {
    List<String> all = new ArrayList<>(shape);
    all.addAll(names);
    boolean hasToken = attempt.values.containsKey("access-token");
    Attempt shown = hasToken ? attempt.with("access-token", Redaction.BLOCK) : attempt;
    return new Found(shown.text(), all);
  }

  private void add(String name, String group, UnaryOperator<Attempt> make) {
    mistakes.add(new Mistake(name, group, make));
  }

  private void addMistakesOfForm() {
    add("trailingNewline", "end", attempt -> attempt.end("\n"));
    add("trailingNewline", "end", attempt -> attempt.end("\r\n"));
    for (String separator : List.of("\r\n", "\\n", "", "&", ",", " ")) {
      add("separator", "separator", attempt -> attempt.separator(separator));
    }
    for (String colon : List.of(": ", "=", "")) {
      add("colon", "colon", attempt -> attempt.colon(colon));
    }
    add("names", "names", attempt -> attempt.names(this::asSent));
    add("names", "names", attempt -> attempt.names(SignatureSearch::titleCase));
    add("names", "names", attempt -> attempt.names(name -> name.toUpperCase(Locale.ROOT)));
    add("names", "names", attempt -> attempt.colon("").names(name -> ""));
  }

  private void addMistakesOfContent() {
    for (String name : Signature.SIGNED) {
      add("without:" + name, "set", attempt -> attempt.without(name));
    }
    for (String name : List.of("access-token", "content-type", "accept")) {
      String value = headers.get(name);
      if (value != null) {
        add("with:" + name, "set", attempt -> attempt.with(name, value));
      }
    }
    addValues(
        Signature.CONTENT_MD5,
        Signature.md5(body),
        Signature.md5(new byte[0]),
        "",
        Signature.md5(body).toUpperCase(Locale.ROOT));
    addValues(Signature.VERSION, "1.0", "2.0");
    addValues(Signature.METHOD, "HMAC-SHA256", "HmacSHA256", "hmac-sha256");
    String timestamp = String.valueOf(headers.get(Signature.TIMESTAMP));
    if (timestamp.matches("[0-9]{1,12}")) {
      long seconds = Long.parseLong(timestamp);
      for (long other = seconds - 3; other <= seconds + 3; other++) {
        addValues(Signature.TIMESTAMP, String.valueOf(other));
      }
    }
  }

  private void addValues(String name, String... values) {
    for (String value : values) {
      if (!value.equals(headers.get(name))) {
        add("value:" + name, "value", attempt -> attempt.with(name, value));
      }
    }
  }

  private void addMistakesOfKey(String secret) {
    addKey("clientId", headers.get(Signature.ACCESS_KEY_ID));
    addKey("accessToken", headers.get("access-token"));
    addKey("blanks", secret + "\n");
    addKey("blanks", secret + "\r\n");
    addKey("blanks", secret + " ");
    addKey("blanks", " " + secret);
    addKey("quotes", "\"" + secret + "\"");
    addKey("md5", Signature.md5(secret.getBytes(UTF_8)));
    addKey("ampersand", secret + "&");
  }

  private void addKey(String name, @Nullable String key) {
    if (key != null && !key.isEmpty()) {
      add("key:" + name, "key", attempt -> attempt.key(key));
    }
  }

  private String asSent(String name) {
    return headers.names().stream().filter(name::equalsIgnoreCase).findFirst().orElse(name);
  }

  private static String titleCase(String name) {
    StringBuilder title = new StringBuilder();
    for (String word : name.split("-")) {
      title.append(title.isEmpty() ? "" : "-");
      title.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
    }
    return title.toString();
  }

  private boolean matches(Attempt attempt) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(attempt.key.getBytes(UTF_8), algorithm));
      return Arrays.equals(mac.doFinal(attempt.text().getBytes(UTF_8)), signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + algorithm, e);
    }
  }
}
