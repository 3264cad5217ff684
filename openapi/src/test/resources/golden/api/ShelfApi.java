/*
 * Generated from the OpenAPI document "Golden", version 1.
 * Do not edit: change the document or the templates beside it, and build again.
 */
package golden.api;

import golden.model.Book;
import golden.model.Item;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.POST;
import retrofit2.http.Path;
import retrofit2.http.Query;

/** The calls of the tag <code>Shelf</code>. */
public interface ShelfApi {
  /**
   * <code>POST /shelves/{id}/books</code>: Puts a book on a shelf.
   *
   * <ul>
   *   <li><code>200</code>: Added.
   * </ul>
   *
   * @param id The shelf. It is a long, as its format int64 says.
   * @param book The parameter <code>Book</code>.
   * @param tags The parameter <code>tags</code>. Null leaves it out.
   * @return the call, not yet made
   */
  @Operation(name = "addBook", repeatable = false)
  @POST("shelves/{id}/books")
  Call<Item> addBook(
      @Path("id") long id,
      @Body Book book,
      @Query("tags") Separated.@Nullable Csv tags);
}
