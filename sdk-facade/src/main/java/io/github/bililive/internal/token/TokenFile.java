package io.github.bililive.internal.token;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import io.github.bililive.token.OAuthToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** The text of a token file: one JSON object. */
public final class TokenFile {
  private static final JsonReader.Options NAMES =
      JsonReader.Options.of(
          "broadcaster", "access_token", "refresh_token", "expires_at", "scopes", "granted_at");

  private TokenFile() {}

  /** As UTF-8 has it: half of a surrogate pair is a question mark there. */
  private static String inUtf8(String broadcaster) {
    return new String(broadcaster.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  public static byte[] write(String broadcaster, OAuthToken token) throws IOException {
    Buffer buffer = new Buffer();
    JsonWriter writer = JsonWriter.of(buffer);
    writer.setIndent("  ");
    writer.beginObject();
    writer.name("broadcaster").value(inUtf8(broadcaster));
    writer.name("access_token").value(token.getAccessToken());
    writer.name("refresh_token").value(token.getRefreshToken());
    writer.name("expires_at").value(token.getExpiresAtSeconds());
    writer.name("granted_at").value(token.getGrantedAtSeconds());
    writer.name("scopes").beginArray();
    for (String scope : token.getScopes()) {
      writer.value(scope);
    }
    writer.endArray();
    writer.endObject();
    return buffer.writeByte('\n').readByteArray();
  }

  /** Returns the pair, or null if the text is not a whole token file of this broadcaster. */
  static @Nullable OAuthToken read(String broadcaster, byte[] text) {
    try {
      JsonReader reader = JsonReader.of(new Buffer().write(text));
      OAuthToken token = readObject(reader, inUtf8(broadcaster));
      return reader.peek() == JsonReader.Token.END_DOCUMENT ? token : null;
    } catch (IOException | JsonDataException | IllegalArgumentException e) {
      return null; // Why not is left unsaid: the exceptions quote what they read.
    }
  }

  private static @Nullable OAuthToken readObject(JsonReader reader, String broadcaster)
      throws IOException {
    String named = broadcaster; // Unless it says otherwise.
    String accessToken = null;
    String refreshToken = null;
    long expiresAt = 0;
    long grantedAt = 0;
    List<String> scopes = new ArrayList<>();
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.selectName(NAMES)) {
        case 0:
          named = reader.nextString();
          break;
        case 1:
          accessToken = reader.nextString();
          break;
        case 2:
          refreshToken = reader.nextString();
          break;
        case 3:
          expiresAt = reader.nextLong();
          break;
        case 4:
          reader.beginArray();
          while (reader.hasNext()) {
            scopes.add(reader.nextString());
          }
          reader.endArray();
          break;
        case 5:
          grantedAt = reader.nextLong();
          break;
        default:
          reader.skipName();
          reader.skipValue();
      }
    }
    reader.endObject();
    return accessToken == null || refreshToken == null || !named.equals(broadcaster)
        ? null
        : OAuthToken.of(accessToken, refreshToken, expiresAt, scopes, grantedAt);
  }
}
