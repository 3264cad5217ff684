package io.github.bililive.sandboxtest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.bililive.sandbox.Endpoint;
import io.github.bililive.sandbox.Sandbox;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** A raw call, signed by hand. Everything about it can be spoilt before it is sent. */
final class TestCall {
  private final Sandbox sandbox;
  private final Map<String, String> signed = new TreeMap<>();
  private final List<String[]> others = new ArrayList<>();
  private String target;
  private String method = "POST";
  private byte[] body;
  private byte[] bodySent;
  private String secret;
  private @Nullable String authorization;

  private TestCall(Sandbox sandbox, String target, String body, long timestamp) {
    this.sandbox = sandbox;
    this.target = target;
    this.body = body.getBytes(UTF_8);
    this.bodySent = this.body;
    this.secret = sandbox.appSecret();
    signed.put("x-bili-accesskeyid", sandbox.clientId());
    signed.put("x-bili-content-md5", md5(this.body));
    signed.put("x-bili-signature-method", "HMAC-SHA256");
    signed.put("x-bili-signature-nonce", UUID.randomUUID().toString());
    signed.put("x-bili-signature-version", "2.0");
    signed.put("x-bili-timestamp", Long.toString(timestamp));
    header("Accept", "application/json");
    header("Content-Type", "application/json");
  }

  static TestCall start(Sandbox sandbox, long timestamp) {
    return new TestCall(sandbox, Endpoint.START.path(), "", timestamp)
        .header("access-token", sandbox.accessToken());
  }

  static TestCall heartbeat(Sandbox sandbox, long timestamp, String connId) {
    return heartbeatWithBody(sandbox, timestamp, "{\"conn_id\":\"" + connId + "\"}");
  }

  static TestCall heartbeatWithBody(Sandbox sandbox, long timestamp, String body) {
    return new TestCall(
        sandbox, Endpoint.HEARTBEAT.path() + "?client_id=" + sandbox.clientId(), body, timestamp);
  }

  static TestCall batch(Sandbox sandbox, long timestamp, List<String> connIds) {
    String ids = connIds.stream().map(id -> "\"" + id + "\"").collect(Collectors.joining(","));
    return batchWithBody(sandbox, timestamp, "{\"conn_ids\":[" + ids + "]}");
  }

  static TestCall batchWithBody(Sandbox sandbox, long timestamp, String body) {
    return new TestCall(
        sandbox,
        Endpoint.BATCH_HEARTBEAT.path() + "?client_id=" + sandbox.clientId(),
        body,
        timestamp);
  }

  /** Makes a call by identity code. */
  static TestCall openLive(Sandbox sandbox, long timestamp, Endpoint endpoint, String body) {
    return new TestCall(sandbox, endpoint.path(), body, timestamp)
        .header("x-bili-signature-version", "1.0");
  }

  /** Sets a header, signed or not, before the signature is made. */
  TestCall header(String name, String value) {
    if (signed.containsKey(name)) {
      signed.put(name, value);
    } else {
      without(name);
      others.add(new String[] {name, value});
    }
    return this;
  }

  TestCall twice(String name, String value) {
    others.add(new String[] {name, value});
    return this;
  }

  TestCall without(String name) {
    signed.remove(name);
    others.removeIf(header -> header[0].equals(name));
    return this;
  }

  TestCall secret(String secret) {
    this.secret = secret;
    return this;
  }

  TestCall authorization(String authorization) {
    this.authorization = authorization;
    return this;
  }

  TestCall target(String target) {
    this.target = target;
    return this;
  }

  TestCall method(String method) {
    this.method = method;
    return this;
  }

  /** Sends another body than the one that was signed. */
  TestCall bodySent(String bodySent) {
    this.bodySent = bodySent.getBytes(UTF_8);
    return this;
  }

  Request request() {
    Request.Builder request = new Request.Builder().url(sandbox.baseUrl() + target.substring(1));
    signed.forEach(request::addHeader);
    others.forEach(header -> request.addHeader(header[0], header[1]));
    String signature = authorization == null ? hmac(stringToSign(), secret) : authorization;
    if (!signature.isEmpty()) {
      request.addHeader("Authorization", signature);
    }
    MediaType none = null;
    boolean hasBody = !method.equals("GET");
    return request.method(method, hasBody ? RequestBody.create(bodySent, none) : null).build();
  }

  Reply send(OkHttpClient client) throws IOException {
    try (Response response = client.newCall(request()).execute()) {
      return Reply.of(response);
    }
  }

  private String stringToSign() {
    return signed.entrySet().stream()
        .map(header -> header.getKey() + ":" + header.getValue())
        .collect(Collectors.joining("\n"));
  }

  private static String md5(byte[] bytes) {
    try {
      return hex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String hmac(String text, String secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
      return hex(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String hex(byte[] bytes) {
    StringBuilder hex = new StringBuilder();
    for (byte b : bytes) {
      hex.append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
    }
    return hex.toString();
  }
}
