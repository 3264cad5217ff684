package io.github.bililive.doctor;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import okhttp3.Handshake;
import org.jspecify.annotations.Nullable;

/** What was agreed on for the connection to the API. */
final class TlsCheck {
  private TlsCheck() {}

  static String examine(boolean https, @Nullable Handshake handshake, Probe probe, Instant now)
      throws CheckFailedException {
    if (!https) {
      return "not used: loopback";
    }
    if (handshake == null) {
      throw new CheckFailedException(probe.problem("there was no handshake"));
    }
    return handshake.tlsVersion().javaName()
        + handshake.peerCertificates().stream()
            .findFirst()
            .map(first -> first instanceof X509Certificate known ? describe(known, now) : "")
            .orElse("");
  }

  private static String describe(X509Certificate certificate, Instant now) {
    Instant end = certificate.getNotAfter().toInstant();
    return ", certificate issued by "
        + certificate.getIssuerX500Principal().getName()
        + ", valid until "
        + end.atZone(ZoneOffset.UTC).toLocalDate()
        + " ("
        + Duration.between(now, end).toDays()
        + " days)";
  }
}
