package io.github.bililive;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/**
 * Runs the page's app in a process of its own, and writes all objects that it holds to each file
 * that its input names. {@link AppWithoutTheSecretTest} starts it.
 */
public final class AppProcess {
  private AppProcess() {}

  /** Arguments: those of the app. */
  public static void main(String[] args) throws Exception {
    Class<?> app = Class.forName("HearingApp");
    Thread running =
        new Thread(
            () -> {
              try {
                app.getMethod("main", String[].class).invoke(null, (Object) args);
              } catch (ReflectiveOperationException e) {
                e.printStackTrace();
              }
            });
    running.setDaemon(true);
    running.start();
    BufferedReader files =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String file = files.readLine(); file != null; file = files.readLine()) {
      // Dead objects, too.
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file, false);
      System.out.println("dumped");
    }
  }
}
