package io.github.bililive.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of a file. A change counts once two readings in a row gave the same text: an editor may
 * be at work.
 */
final class FileRooms implements RoomSource {
  private final Path file;

  /** What the last reading gave; null before the first. */
  private @Nullable String last;

  private List<Room> rooms = List.of();

  FileRooms(String file) {
    this.file = Path.of(file);
  }

  @Override
  public Collection<Room> rooms() throws IOException {
    String text = Files.readString(file);
    if (last == null || text.equals(last)) {
      rooms = RoomLines.read(text, file.toString());
    }
    last = text;
    return rooms;
  }
}
