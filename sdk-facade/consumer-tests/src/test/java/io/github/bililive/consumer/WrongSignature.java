package io.github.bililive.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.sandbox.Endpoint;
import io.github.bililive.sandbox.Sandbox;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** A client in the making: it ends the text that it signs with a newline. */
final class WrongSignature {
  private WrongSignature() {}

  static void start(Sandbox sandbox, OkHttpClient http) throws Exception {
    Map<String, String> signed = new TreeMap<>();
    signed.put("x-bili-accesskeyid", sandbox.clientId());
    signed.put("x-bili-content-md5", "d41d8cd98f00b204e9800998ecf8427e");
    signed.put("x-bili-signature-method", "HMAC-SHA256");
    signed.put("x-bili-signature-nonce", UUID.randomUUID().toString());
    signed.put("x-bili-signature-version", "2.0");
    signed.put("x-bili-timestamp", String.valueOf(System.currentTimeMillis() / 1000));
    String text =
        signed.entrySet().stream()
            .map(header -> header.getKey() + ":" + header.getValue() + "\n")
            .collect(Collectors.joining());
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(sandbox.appSecret().getBytes(UTF_8), "HmacSHA256"));
    Request.Builder request =
        new Request.Builder()
            .url(sandbox.baseUrl() + Endpoint.START.path().substring(1))
            .header("Accept", "application/json")
            .header("Content-Type", "application/json")
            .header("access-token", sandbox.accessToken())
            .header("Authorization", HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8))))
            .header("User-Agent", "client-in-the-making/0.1")
            .post(RequestBody.create(new byte[0]));
    signed.forEach(request::header);
    try (Response response = http.newCall(request.build()).execute()) {
      assertThat(response.body().string()).contains("4002");
    }
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }
}
