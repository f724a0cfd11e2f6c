struct mm_struct {
    unsigned char head[112];
    int mm_users;
    int page_table_lock;
    long lock_count;
    long lock_owner;
    int lock_osq;
    int lock_wait_lock;
    void *lock_wait_list[2];
    void *mmlist[2];
};
