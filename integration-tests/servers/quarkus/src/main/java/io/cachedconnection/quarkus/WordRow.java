package io.cachedconnection.quarkus;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;

/** A word as the database keeps it. */
@Entity
public class WordRow {

    @Id
    private long id;

    private String text = "";

    @Version
    private long version;

    protected WordRow() {}

    WordRow(long id, String text) {
        this.id = id;
        this.text = text;
    }

    void become(String text) {
        this.text = text;
    }

    Word word() {
        return new Word(id, text, version);
    }
}
