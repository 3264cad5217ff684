package io.github.bililive.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who may enter which room: the tokens that are valid for ever, and those that OAuth has granted. A
 * broadcaster's granted pair is one at a time; a new one ends that before it.
 *
 * <p>Guarded by its own lock.
 */
final class Grants {
  private final SandboxClock clock;
  private final Duration lifetime;
  private final List<Room> rooms = new ArrayList<>();
  private final Map<String, Integer> fixed = new HashMap<>();
  private final Map<String, Integer> codes = new HashMap<>();

  /** The broadcasters' identity codes; not all have one. */
  private final List<String> identityCodes;

  /** The living pairs, by broadcaster. */
  private final Map<Integer, GrantedPair> pairs = new HashMap<>();

  /** What broadcasters do on the page that asks them. */
  volatile Consent consent = Consent.AGREES;

  Grants(SandboxSettings settings, long firstRoomId) {
    clock = settings.clock();
    lifetime = settings.tokenLifetime();
    for (String accessToken : settings.accessTokens()) {
      fixed.put(accessToken, rooms.size());
      rooms.add(new Room(firstRoomId + rooms.size()));
    }
    identityCodes = new ArrayList<>(settings.identityCodes());
    while (rooms.size() < identityCodes.size()) {
      rooms.add(new Room(firstRoomId + rooms.size()));
    }
  }

  /** Returns null if the code is not valid. */
  synchronized @Nullable Room roomOfIdentityCode(String code) {
    int broadcaster = identityCodes.indexOf(code);
    return broadcaster < 0 ? null : rooms.get(broadcaster);
  }

  synchronized List<String> identityCodes() {
    return List.copyOf(identityCodes);
  }

  synchronized String renewIdentityCode(int broadcaster) {
    String code = "SANDBOX-IDENTITY-CODE-" + UUID.randomUUID();
    identityCodes.set(broadcaster, code);
    return code;
  }

  /** Returns all that opens a room, or may: tokens, codes and identity codes. */
  synchronized List<String> secrets() {
    List<String> secrets = new ArrayList<>(fixed.keySet());
    secrets.addAll(codes.keySet());
    secrets.addAll(identityCodes);
    for (GrantedPair pair : pairs.values()) {
      secrets.add(pair.accessToken());
      secrets.add(pair.refreshToken());
    }
    return secrets;
  }

  /** Returns each broadcaster's room and whether the app has a valid token for it. */
  synchronized Map<Room, Boolean> roomsAndTokens() {
    Map<Room, Boolean> all = new LinkedHashMap<>();
    for (int i = 0; i < rooms.size(); i++) {
      GrantedPair pair = pairs.get(i);
      boolean granted =
          pair != null && !pair.isRevoked() && clock.wallMillis() < pair.expiresAtSeconds() * 1000;
      all.put(rooms.get(i), granted || fixed.containsValue(i));
    }
    return all;
  }

  synchronized Room room(int broadcaster) {
    return rooms.get(broadcaster);
  }

  /** Returns null if the token is not valid. */
  synchronized @Nullable Room roomOf(String accessToken) {
    Integer broadcaster = fixed.get(accessToken);
    if (broadcaster != null) {
      return rooms.get(broadcaster);
    }
    for (Map.Entry<Integer, GrantedPair> entry : pairs.entrySet()) {
      GrantedPair pair = entry.getValue();
      if (pair.accessToken().equals(accessToken)
          && clock.wallMillis() < pair.expiresAtSeconds() * 1000) {
        return rooms.get(entry.getKey());
      }
    }
    return null;
  }

  synchronized String newCode(int broadcaster) {
    String code = "sandbox-code-" + UUID.randomUUID();
    codes.put(code, rooms.indexOf(room(broadcaster)));
    return code;
  }

  /** Returns null if there is no such code, or it was used. */
  synchronized @Nullable GrantedPair exchange(String code) {
    Integer broadcaster = codes.remove(code);
    return broadcaster == null ? null : grant(broadcaster);
  }

  /** Returns null if there is no such refresh token, it was used, or its pair has expired. */
  synchronized @Nullable GrantedPair refresh(String refreshToken) {
    for (Map.Entry<Integer, GrantedPair> entry : pairs.entrySet()) {
      GrantedPair pair = entry.getValue();
      if (pair.refreshToken().equals(refreshToken)) {
        boolean expired = clock.wallMillis() >= pair.expiresAtSeconds() * 1000;
        return expired ? null : grant(entry.getKey());
      }
    }
    return null;
  }

  synchronized GrantedPair grant(int broadcaster) {
    String id = UUID.randomUUID().toString();
    GrantedPair pair =
        new GrantedPair(
            "sandbox-granted-access-" + id,
            "sandbox-granted-refresh-" + id,
            clock.wallMillis() / 1000 + lifetime.toSeconds());
    pairs.put(rooms.indexOf(room(broadcaster)), pair);
    return pair;
  }

  synchronized @Nullable GrantedPair pair(int broadcaster) {
    return pairs.get(broadcaster);
  }

  /** Ends the access token; the refresh token stays. */
  synchronized void revoke(int broadcaster) {
    fixed.values().remove(broadcaster);
    pairs.computeIfPresent(
        broadcaster,
        (key, pair) ->
            new GrantedPair(
                GrantedPair.REVOKED + UUID.randomUUID(),
                pair.refreshToken(),
                pair.expiresAtSeconds()));
  }

  synchronized void deauthorise(int broadcaster) {
    fixed.values().remove(broadcaster);
    pairs.remove(broadcaster);
  }
}
