import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPObjectFactory;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.PGPKeyRingGenerator;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.operator.jcajce.JcaKeyFingerprintCalculator;
import org.bouncycastle.openpgp.operator.jcajce.JcaPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.jcajce.JcaPGPContentVerifierBuilderProvider;
import org.bouncycastle.openpgp.operator.jcajce.JcaPGPDigestCalculatorProviderBuilder;
import org.bouncycastle.openpgp.operator.jcajce.JcaPGPKeyPair;

/**
 * A key that signs one rehearsal of a release and is worth nothing. Needs Bouncy Castle on the class
 * path, and no gpg.
 *
 * <p>{@code make KEY} writes one; {@code check KEY FOLDER} fails unless each file below the folder
 * that a registry wants signed is, by that key.
 */
@SuppressWarnings("deprecation")
public final class ThrowAwayKey {
  public static void main(String[] args) throws Exception {
    Path key = Path.of(args[1]);
    if (args[0].equals("make")) {
      make(key);
    } else {
      check(key, Path.of(args[2]));
    }
  }

  private static void make(Path file) throws Exception {
    KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
    keys.initialize(3072);
    JcaPGPKeyPair pair =
        new JcaPGPKeyPair(PublicKeyAlgorithmTags.RSA_GENERAL, keys.generateKeyPair(), new Date());
    PGPSecretKeyRing ring =
        new PGPKeyRingGenerator(
                PGPSignature.POSITIVE_CERTIFICATION,
                pair,
                "bililive rehearsal, worth nothing",
                new JcaPGPDigestCalculatorProviderBuilder().build().get(HashAlgorithmTags.SHA1),
                null,
                null,
                new JcaPGPContentSignerBuilder(
                    PublicKeyAlgorithmTags.RSA_GENERAL, HashAlgorithmTags.SHA256),
                null)
            .generateSecretKeyRing();
    try (OutputStream out = new ArmoredOutputStream(Files.newOutputStream(file))) {
      ring.encode(out);
    }
  }

  private static void check(Path keyFile, Path folder) throws Exception {
    PGPPublicKey key;
    try (InputStream in = PGPUtil.getDecoderStream(Files.newInputStream(keyFile))) {
      key = new PGPSecretKeyRing(in, new JcaKeyFingerprintCalculator()).getPublicKey();
    }
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files =
          all.filter(file -> file.toString().matches(".*\\.(jar|pom|json|xml)"))
              .filter(file -> !file.getFileName().toString().startsWith("maven-metadata"))
              .toList();
    }
    for (Path file : files) {
      if (!isSigned(file, key)) {
        throw new IOException(file + " is not signed by " + keyFile);
      }
    }
    System.out.println(files.size() + " files, each signed by the throw-away key");
  }

  private static boolean isSigned(Path file, PGPPublicKey key) throws Exception {
    Path detached = file.resolveSibling(file.getFileName() + ".asc");
    if (Files.notExists(detached)) {
      return false;
    }
    try (InputStream in = PGPUtil.getDecoderStream(Files.newInputStream(detached))) {
      Object read = new PGPObjectFactory(in, new JcaKeyFingerprintCalculator()).nextObject();
      PGPSignature signature = ((PGPSignatureList) read).get(0);
      signature.init(new JcaPGPContentVerifierBuilderProvider(), key);
      signature.update(Files.readAllBytes(file));
      return signature.verify();
    }
  }
}
