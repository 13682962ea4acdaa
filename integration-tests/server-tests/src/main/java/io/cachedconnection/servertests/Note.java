package io.cachedconnection.servertests;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

/** An entity with a version, which the persistence provider counts up when it writes it: as a rule in the commit. */
@Entity
@Table(name = "NOTE")
public class Note {

    @Id
    @Column(name = "ID")
    private long id;

    @Column(name = "CONTENT", nullable = false)
    private String content = "";

    @Version
    @Column(name = "VERSION")
    private long version;

    public Note() {}

    Note(long id, String content) {
        this.id = id;
        this.content = content;
    }

    public long getId() {
        return id;
    }

    public void setId(long id) {
        this.id = id;
    }

    public String getContent() {
        return content;
    }

    public void setContent(String content) {
        this.content = content;
    }

    public long getVersion() {
        return version;
    }

    public void setVersion(long version) {
        this.version = version;
    }
}
